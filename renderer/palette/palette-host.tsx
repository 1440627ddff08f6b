import { Suspense, lazy, useState } from 'react';
import { useSay } from '../ui/toasts.tsx';
import { showPalette, usePaletteOpened } from './opened.ts';
import { PaletteGuard } from './palette-guard.tsx';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** The place of the palette in the frame; its code comes when it is first asked for. */
export function PaletteHost() {
  const opened = usePaletteOpened();
  const say = useSay();
  const [wanted, setWanted] = useState(opened);
  if (opened && !wanted) setWanted(true);
  const close = (error: unknown): void => {
    showPalette(false);
    setWanted(false); // the next time begins anew
    say('The palette could not be drawn', error instanceof Error ? error.message : String(error), 'bad');
  };
  return wanted ? (
    <PaletteGuard onBroken={close}>
      <Suspense fallback={null}>
        <Palette open={opened} />
      </Suspense>
    </PaletteGuard>
  ) : null;
}
