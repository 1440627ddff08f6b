import { useLinkState } from '../live/feed.ts';
import { useAskAgain } from '../live/use-ask-again.ts';
import { sourcesOf, useWatched } from '../live/watched.tsx';
import { Banner } from '../ui/banner.tsx';
import { timeText } from '../ui/format.ts';
import { useDelayed } from '../ui/use-delayed.ts';

/** Says when main cannot be reached. Values and their ages stay below it. */
export function LinkBanner() {
  const link = useLinkState();
  const replies = sourcesOf(useWatched()).flatMap(({ received }) => received?.wall ?? []);
  const slowStart = useDelayed(link === 'connecting', 2000);
  useAskAgain();
  const lastAt = replies.length === 0 ? null : Math.max(...replies);
  switch (link) {
    case 'open':
      return null;
    case 'connecting':
      if (!slowStart) return null;
      return (
        <Banner tone="neutral" glyph="○" title="Connecting.">
          Cachedeck’s main process has not answered yet.
        </Banner>
      );
    case 'lost':
      return (
        <Banner tone="bad" glyph="✕" title="Cachedeck’s main process is not answering.">
          {lastAt === null
            ? 'There are no values yet. Connecting again by itself.'
            : `Values below are from ${timeText(lastAt)}; their ages keep growing. Connecting again by itself.`}
        </Banner>
      );
    case 'signed-out':
      return (
        <Banner tone="bad" glyph="✕" title="This browser is not signed in.">
          Press Enter in the terminal where Cachedeck runs: it prints a fresh link. Open that link in this
          browser, or reload the page to sign in with an API key.
        </Banner>
      );
  }
}
