import type { LineProps } from 'recharts';

type Shape = Exclude<LineProps['shape'], undefined>;
type Drawn = Parameters<Extract<Shape, (props: never) => unknown>>[0];

/**
 * A line as one path; a missing point lifts the pen. The library's own shape measures the path's length at each change
 * for an animation that these charts do not have: half of what drawing them took.
 */
export function drawnLine({ points, className }: Drawn) {
  let pen = 'M';
  let path = '';
  for (const { x, y } of points ?? []) {
    if (x === null || x === undefined || y === null || y === undefined) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  }
  return <path className={className} d={path} fill="none" />;
}
