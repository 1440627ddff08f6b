import { PageHeading } from '../ui/page-heading.tsx';

/** What can be chosen for the app and its profiles. */
export function Settings() {
  return <PageHeading>Settings</PageHeading>;
}
