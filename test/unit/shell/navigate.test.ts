import { describe, expect, it } from 'vitest';
import { createNavigator, routes } from '../../../electron/shell/navigate.ts';
import { routes as pagesOfTheRail } from '../../../renderer/frame/routes.ts';
import { pageRoutes, wallboardRoute } from '../../../shared/model/pages.ts';
import { WebContentsStub } from '../../support/electron-stub/browser-window.ts';
import { settle } from '../../support/fake-clock.ts';

function navigator(entry = 'app://cachedeck/') {
  const contents = new WebContentsStub();
  const failures: string[] = [];
  const moves: string[] = [];
  for (const event of ['did-navigate', 'did-navigate-in-page']) {
    contents.on(event, (_event, url: string) => moves.push(`${event} ${url}`));
  }
  const recovery = { failedToLoad: (reason: string) => void failures.push(reason) };
  return { contents, failures, moves, navigate: createNavigator(contents, entry, recovery) };
}

describe('going to a page', () => {
  it('changes the fragment and keeps the document', () => {
    const { navigate, moves } = navigator();
    navigate();
    navigate(routes.settings);
    navigate(routes.overview);
    expect(moves).toEqual([
      'did-navigate app://cachedeck/',
      'did-navigate-in-page app://cachedeck/#/settings',
      'did-navigate-in-page app://cachedeck/#/',
    ]);
  });

  it('does not load the page that is shown: that would be a reload', () => {
    const { navigate, moves } = navigator();
    navigate(routes.settings);
    navigate(routes.settings);
    expect(moves).toHaveLength(1);
  });

  it('works on the development server', () => {
    const { navigate, contents } = navigator('http://localhost:5173/');
    navigate(routes.events);
    expect(contents.getURL()).toBe('http://localhost:5173/#/events');
  });

  it('tells a load that fails, but not one that another replaced', async () => {
    const { navigate, contents, failures } = navigator();
    contents.loadError = Object.assign(new Error('ERR_ABORTED (-3)'), { code: 'ERR_ABORTED' });
    navigate();
    await settle();
    expect(failures).toEqual([]);
    contents.loadError = new Error('ERR_CONNECTION_REFUSED');
    navigate();
    await settle();
    expect(failures).toEqual(['ERR_CONNECTION_REFUSED']);
  });

  it('names only pages that there are, and the list of these has all of them', () => {
    const known = Object.values(pagesOfTheRail).map(({ hash }): string => hash);
    expect(known).toEqual(expect.arrayContaining(Object.values(routes)));
    expect([...known, wallboardRoute].toSorted()).toEqual(pageRoutes.toSorted());
  });
});
