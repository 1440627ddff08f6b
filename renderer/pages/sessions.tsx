import { PageHeading } from '../ui/page-heading.tsx';

/** What is kept of each portal user, how old it is and what it saved. */
export function Sessions() {
  return <PageHeading>Sessions</PageHeading>;
}
