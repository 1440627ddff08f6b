import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useCallback } from 'react';

/** Short results of what the operator did, and notices, at the lower right. */
export function Toasts() {
  const { toasts } = Toast.useToastManager();
  return (
    <Toast.Portal>
      <Toast.Viewport className="toasts">
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} className="toast" data-role={toast.type ?? 'neutral'}>
            <div className="toast-text">
              <Toast.Title className="toast-title" />
              <Toast.Description className="toast-body" />
            </div>
            <Toast.Close className="icon-button" aria-label="Dismiss">
              <X size={14} aria-hidden="true" />
            </Toast.Close>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  );
}

export interface Say {
  (title: string, body: string, role?: 'ok' | 'attention' | 'bad' | 'neutral'): void;
}

/** Shows a short message. */
export function useSay(): Say {
  const { add } = Toast.useToastManager();
  return useCallback<Say>(
    (title, body, role = 'neutral') => {
      add({ title, description: body, type: role, timeout: role === 'bad' ? 12_000 : 6000 });
    },
    [add],
  );
}
