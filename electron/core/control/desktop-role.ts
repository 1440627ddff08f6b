import { roles } from '../../../shared/rpc/define.ts';
import type { Role } from '../../../shared/rpc/define.ts';

/**
 * The role of whoever sits at the desktop, from `CACHEDECK_ROLE`: for machines that stand where anybody can reach them.
 * Not set: admin. What names no role is taken for the least one, because it was set to take rights away; `warning` says
 * so.
 */
export function desktopRole(text: string | undefined): {
  readonly role: Role;
  readonly warning: string | null;
} {
  const wanted = text?.trim() ?? '';
  if (wanted === '') return { role: 'admin', warning: null };
  const role = roles.find((one) => one === wanted);
  if (role) return { role, warning: null };
  return {
    role: 'viewer',
    warning: 'CACHEDECK_ROLE takes viewer, operator or admin; with what it holds everybody here is a viewer.',
  };
}
