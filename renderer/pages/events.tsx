import { PageHeading } from '../ui/page-heading.tsx';

/** What happened, newest first. */
export function Events() {
  return <PageHeading>Events</PageHeading>;
}
