import { BellOff } from 'lucide-react';
import { askPermission } from './permission.ts';
import type { Permission } from './permission.ts';

/** What stands between the operator and notifications of the system; nothing where they are allowed. */
export function PermissionHint({ permission }: { readonly permission: Permission }) {
  if (permission === 'granted') return null;
  return (
    <div className="permission-hint">
      <BellOff size={14} aria-hidden="true" />
      <div>
        <p className="muted">{permissionText(permission)}</p>
        {permission === 'default' && <AllowButton />}
      </div>
    </div>
  );
}

export function AllowButton() {
  return (
    <button type="button" className="button small" onClick={() => void askPermission()}>
      Allow notifications
    </button>
  );
}

/** The state of the permission in words, and what can be done about it. */
export function permissionText(permission: Permission): string {
  switch (permission) {
    case 'granted':
      return 'This browser shows notifications of Cachedeck.';
    case 'default':
      return 'This browser has not been allowed to show notifications yet. Until it is, alerts that come while you look elsewhere wait behind the bell.';
    case 'denied':
      return 'This browser blocks notifications of this address. They can be allowed in its settings of this site, mostly behind the sign before the address.';
    case 'unsupported':
      return window.isSecureContext
        ? 'This browser has no notifications.'
        : 'Browsers show notifications only of https addresses and of this computer’s own, such as localhost.';
  }
}
