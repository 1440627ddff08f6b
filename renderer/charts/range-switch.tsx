import { Popover } from '@base-ui/react/popover';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Toggle } from '@base-ui/react/toggle';
import { CalendarRange } from 'lucide-react';
import { Suspense, lazy, memo, useState } from 'react';
import { dateTimeText } from '../ui/format.ts';
import { showRange, spanNames, spanWords, useTimeRange } from './time-range.ts';

const CustomRange = lazy(async () => ({ default: (await import('./custom-range.tsx')).CustomRange }));

/** What time the charts show: the last so much, or from one moment to another. */
export const RangeSwitch = memo(function RangeSwitch() {
  const range = useTimeRange();
  const [open, setOpen] = useState(false);
  const custom = typeof range === 'string' ? null : range;
  return (
    <div className="range">
      <ToggleGroup
        className="range-spans"
        aria-label="Time shown"
        value={typeof range === 'string' ? [range] : []}
        onValueChange={([next]) => {
          const span = spanNames.find((name) => name === next);
          if (span) showRange(span);
        }}
      >
        {spanNames.map((span) => (
          <Toggle key={span} value={span} className="range-span" aria-label={spanWords[span]}>
            {span}
          </Toggle>
        ))}
      </ToggleGroup>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="button small" data-on={custom !== null || undefined}>
          <CalendarRange size={14} aria-hidden="true" />
          {custom ? `${dateTimeText(custom.from)} – ${dateTimeText(custom.to)}` : 'Custom'}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={6} align="end" className="layer">
            <Popover.Popup className="popup">
              <Popover.Title className="popup-title">From one moment to another</Popover.Title>
              <Suspense fallback={null}>
                <CustomRange
                  range={custom}
                  onChoose={(chosen) => {
                    showRange(chosen);
                    setOpen(false);
                  }}
                />
              </Suspense>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
});
