import { PageHeading } from '../ui/page-heading.tsx';

/** The portal on behalf of one user at a time: their engagement and what it holds. */
export function Portal() {
  return <PageHeading>Portal</PageHeading>;
}
