import { Suspense, lazy, useState } from 'react';
import { usePaletteOpened } from './opened.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** The place of the palette in the frame; its code comes when it is first asked for. */
export function PaletteHost() {
  const opened = usePaletteOpened();
  const [wanted, setWanted] = useState(opened);
  if (opened && !wanted) setWanted(true);
  return wanted ? (
    <Suspense fallback={null}>
      <Palette open={opened} />
    </Suspense>
  ) : null;
}
