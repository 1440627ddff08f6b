import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { updateOwner } from '../../../electron/shell/update-owner.ts';
import type { Place } from '../../../electron/shell/update-owner.ts';
import { namesTeam, placeOf } from '../../../electron/shell/update-place.ts';

const image = '/home/operator/Cachedeck-0.1.0.AppImage';
const mounted = '/tmp/.mount_CachedXyz';
const appImage: Place = {
  platform: 'linux',
  packaged: true,
  environment: { APPIMAGE: image, APPDIR: mounted },
  executable: `${mounted}/cachedeck`,
  packageType: null,
  hasSource: true,
  windowsStore: false,
  mac: { inApplications: false, signed: false, cask: false },
};
const nsis: Place = {
  ...appImage,
  platform: 'win32',
  environment: {
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    ProgramData: 'C:\\ProgramData',
  },
  executable: 'C:\\Users\\operator\\AppData\\Local\\Programs\\cachedeck\\Cachedeck.exe',
};
const dmg: Place = {
  ...appImage,
  platform: 'darwin',
  environment: {},
  executable: '/Applications/Cachedeck.app/Contents/MacOS/Cachedeck',
  mac: { inApplications: true, signed: true, cask: false },
};

describe('who updates a copy', () => {
  it.each([
    ['an AppImage in the person’s folder', appImage],
    ['one installed by nsis for one account', nsis],
    ['a signed one in Applications', dmg],
    [
      'an AppImage started from a terminal that is a snap',
      {
        ...appImage,
        environment: { ...appImage.environment, SNAP: '/snap/code/12' },
      },
    ],
    ['one with the variable on', { ...nsis, environment: { ...nsis.environment, CACHEDECK_UPDATES: 'on' } }],
  ])('%s: it does itself', (_, place) => {
    expect(updateOwner(place)).toBeNull();
  });

  const linux = (executable: string, environment: Place['environment'] = {}): Place => ({
    ...appImage,
    executable,
    environment,
  });
  it.each<[string, Place, RegExp]>([
    ['the variable says off', { ...nsis, environment: { CACHEDECK_UPDATES: ' OFF ' } }, /CACHEDECK_UPDATES/],
    ['it runs from its source', { ...appImage, packaged: false }, /from its source/],
    ['the build names no source', { ...appImage, hasSource: false }, /does not say where/],
    [
      'deb',
      { ...linux('/opt/Cachedeck/cachedeck'), packageType: 'deb' },
      /package \(deb\): the package manager/,
    ],
    ['rpm', { ...linux('/opt/Cachedeck/cachedeck'), packageType: 'rpm' }, /package \(rpm\)/],
    ['pacman', { ...linux('/opt/Cachedeck/cachedeck'), packageType: 'pacman' }, /package \(pacman\)/],
    [
      'a deb started from another AppImage’s terminal',
      linux('/opt/Cachedeck/cachedeck', { APPIMAGE: image, APPDIR: mounted }),
      /no AppImage/,
    ],
    ['a package of a distribution', linux('/usr/lib/cachedeck/cachedeck'), /no AppImage/],
    ['an unpacked archive', linux('/home/operator/cachedeck/cachedeck'), /no AppImage/],
    ['snap', linux('/snap/cachedeck/3/cachedeck', { SNAP: '/snap/cachedeck/3' }), /snapd/],
    ['flatpak', linux('/app/cachedeck/cachedeck', { FLATPAK_ID: 'dev.cachedeck.app' }), /Flatpak/],
    [
      'an AppImage in /opt',
      { ...appImage, environment: { APPIMAGE: '/opt/Cachedeck.AppImage', APPDIR: mounted } },
      /in \/opt, for all/,
    ],
    [
      'an AppImage in /usr',
      { ...appImage, environment: { APPIMAGE: '/usr/bin/cachedeck', APPDIR: mounted } },
      /in \/usr, for all/,
    ],
    ['another Unix', { ...appImage, platform: 'freebsd' }, /On this system/],
    ['the Windows store', { ...nsis, windowsStore: true }, /Microsoft Store/],
    [
      'an MSIX package',
      { ...nsis, executable: 'C:\\Program Files\\WindowsApps\\Cachedeck_1\\Cachedeck.exe' },
      /Microsoft Store/,
    ],
    [
      'Scoop',
      { ...nsis, executable: 'C:\\Users\\operator\\scoop\\apps\\cachedeck\\current\\Cachedeck.exe' },
      /Scoop/,
    ],
    [
      'all accounts of Windows',
      { ...nsis, executable: 'c:\\program files\\Cachedeck\\Cachedeck.exe' },
      /for all accounts/,
    ],
    [
      'all accounts, by a package manager',
      { ...nsis, executable: 'C:\\ProgramData\\chocolatey\\lib\\cachedeck\\Cachedeck.exe' },
      /for all accounts/,
    ],
    [
      'outside Applications',
      { ...dmg, mac: { ...dmg.mac, inApplications: false } },
      /Move Cachedeck to the Applications/,
    ],
    [
      'translocated',
      {
        ...dmg,
        executable: '/private/var/folders/x/AppTranslocation/1/d/Cachedeck.app/Contents/MacOS/Cachedeck',
      },
      /Move Cachedeck/,
    ],
    ['not signed', { ...dmg, mac: { ...dmg.mac, signed: false } }, /not signed/],
    ['a cask', { ...dmg, mac: { ...dmg.mac, cask: true } }, /Homebrew/],
    [
      'in the Caskroom',
      { ...dmg, executable: '/opt/homebrew/Caskroom/cachedeck/1/Cachedeck.app/Contents/MacOS/Cachedeck' },
      /Homebrew/,
    ],
  ])('%s: somebody else does', (_, place, why) => {
    const said = updateOwner(place);
    expect(said).toMatch(why);
    expect(said).toMatch(/\.$/);
  });
});

describe('where a copy is', () => {
  let resources = '';
  beforeEach(() => void (resources = mkdtempSync(join(tmpdir(), 'cachedeck-place-'))));
  afterEach(() => rmSync(resources, { recursive: true }));
  const look = (isPackaged: boolean) =>
    placeOf({
      app: {
        isPackaged,
        isInApplicationsFolder: () => {
          throw new Error('macOS alone has it');
        },
      },
      platform: 'linux',
      environment: {},
      executable: '/opt/Cachedeck/cachedeck',
      resources,
      windowsStore: false,
    });

  it('is read from what the packager left in the resources', async () => {
    expect(await look(true)).toMatchObject({ packageType: null, hasSource: false });
    writeFileSync(join(resources, 'package-type'), 'deb\n');
    writeFileSync(join(resources, 'app-update.yml'), 'provider: generic\n');
    expect(await look(true)).toMatchObject({ packaged: true, packageType: 'deb', hasSource: true });
  });

  it('is not: an unpacked app has Electron’s resources', async () => {
    writeFileSync(join(resources, 'package-type'), 'deb\n');
    writeFileSync(join(resources, 'app-update.yml'), 'provider: generic\n');
    expect(await look(false)).toMatchObject({ packaged: false, packageType: null, hasSource: false });
  });

  it.each([
    ['Identifier=dev.cachedeck.app\nSignature size=9042\nTeamIdentifier=ABCDE12345\n', true],
    ['Identifier=dev.cachedeck.app\nSignature=adhoc\nTeamIdentifier=not set\n', false],
    ['Cachedeck.app: code object is not signed at all\n', false],
  ])('%j of codesign counts as signed: %s', (said, signed) => {
    expect(namesTeam(said)).toBe(signed);
  });
});
