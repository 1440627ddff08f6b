/** What tells who put this copy of the app where it is. */
export interface Place {
  readonly platform: NodeJS.Platform;
  /** false: started from its source. */
  readonly packaged: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path of the running program. */
  readonly executable: string;
  /** What electron-builder wrote into `resources/package-type`: the kind of package it made; null: nothing. */
  readonly packageType: string | null;
  /** Whether the build says where its newer versions are: `resources/app-update.yml`. */
  readonly hasSource: boolean;
  readonly windowsStore: boolean;
  /** macOS only. */
  readonly mac: {
    readonly inApplications: boolean;
    /** By somebody, not only ad hoc. */
    readonly signed: boolean;
    /** Homebrew has a record of it. */
    readonly cask: boolean;
  };
}

/**
 * Why this copy leaves its updates to others, in a sentence for the operator; null: it updates itself. Where a package
 * manager owns the app it would only be in its way, and a copy that cannot replace itself would fail each day.
 */
export function updateOwner(place: Place): string | null {
  const { environment, packaged, hasSource } = place;
  if (environment['CACHEDECK_UPDATES']?.trim().toLowerCase() === 'off') {
    return 'Updates are switched off by CACHEDECK_UPDATES.';
  }
  if (!packaged) return 'This copy was started from its source: update it there.';
  const owner = ownerHere(place);
  if (owner !== null) return owner;
  return hasSource ? null : 'This build does not say where newer versions are: update it where it came from.';
}

function ownerHere(place: Place): string | null {
  if (place.platform === 'linux') return linuxOwner(place);
  if (place.platform === 'win32') return windowsOwner(place);
  if (place.platform === 'darwin') return macOwner(place);
  return 'On this system Cachedeck does not update itself: update it where it was installed from.';
}

/** Variables may be another program's, such as a terminal's: they are ours when we run from the folder they name. */
function linuxOwner({ environment, executable, packageType }: Place): string | null {
  const { SNAP, FLATPAK_ID, APPIMAGE, APPDIR } = environment;
  if (SNAP && isIn(executable, SNAP)) return 'This copy is a snap: snapd updates it.';
  if (FLATPAK_ID && isIn(executable, '/app')) return 'This copy came with Flatpak, which updates it.';
  if (packageType !== null) {
    return `This copy was installed as a package (${packageType}): the package manager updates it.`;
  }
  if (!APPIMAGE || !APPDIR || !isIn(executable, APPDIR)) {
    return 'This copy is no AppImage: update it where it was installed from.';
  }
  const shared = ['/usr', '/opt', '/nix'].find((folder) => isIn(APPIMAGE, folder));
  return shared === undefined
    ? null
    : `This copy is in ${shared}, for all accounts of this computer: whoever put it there updates it.`;
}

function windowsOwner({ environment, executable, windowsStore }: Place): string | null {
  const path = executable.toLowerCase();
  if (windowsStore || path.includes('\\windowsapps\\')) return 'The Microsoft Store updates this copy.';
  if (path.includes('\\scoop\\apps\\')) return 'This copy came with Scoop, which updates it.';
  const shared = ['ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432', 'ProgramData']
    .map((name) => environment[name]?.toLowerCase())
    .some((folder) => folder !== undefined && folder !== '' && path.startsWith(`${folder}\\`));
  return shared
    ? 'This copy is installed for all accounts of this computer: whoever installed it updates it.'
    : null;
}

function macOwner({ executable, mac }: Place): string | null {
  if (mac.cask || executable.includes('/Caskroom/')) return 'This copy came with Homebrew, which updates it.';
  if (executable.includes('/AppTranslocation/') || !mac.inApplications) {
    return 'Move Cachedeck to the Applications folder: it cannot replace itself where it is.';
  }
  return mac.signed ? null : 'This build is not signed, and macOS lets only signed ones replace themselves.';
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
