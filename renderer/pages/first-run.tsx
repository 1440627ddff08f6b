import { PageHeading } from '../ui/page-heading.tsx';

/** Before anything was chosen: use the demo, or connect. */
export function FirstRun() {
  return <PageHeading>Welcome to Cachedeck</PageHeading>;
}
