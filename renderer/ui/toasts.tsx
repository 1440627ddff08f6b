import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useVoice } from '../live/voice.ts';

export type ToastRole = 'ok' | 'attention' | 'bad' | 'neutral';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** What a toast has beside its words. */
interface Extras {
  readonly mark: ReactNode;
  readonly actions: readonly ToastAction[];
}

/** Short results of what the operator did, and messages of alerts, at the lower right. */
export function Toasts() {
  const { toasts, close } = Toast.useToastManager<Extras>();
  return (
    <Toast.Portal>
      {/* The page has one voice: what a toast says is told by it. */}
      <Toast.Viewport className="toasts" aria-label="Messages" aria-live="off">
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} className="toast" data-role={toast.type ?? 'neutral'}>
            <div className="toast-text">
              {toast.data?.mark}
              <Toast.Title className="toast-title" />
              <Toast.Description className="toast-body" />
              {toast.data && toast.data.actions.length > 0 && (
                <div className="toast-actions">
                  {toast.data.actions.map(({ label, run }) => (
                    <button
                      key={label}
                      type="button"
                      className="button small"
                      onClick={() => {
                        close(toast.id);
                        run();
                      }}
                    >
                      {label}
                    </button>
                  ))}
                </div>
              )}
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
  (title: string, body: string, role?: ToastRole): void;
}

/** Shows a short message. */
export function useSay(): Say {
  const { add } = Toast.useToastManager<Extras>();
  const voice = useVoice();
  return useCallback<Say>(
    (title, body, role = 'neutral') => {
      voice.reply(sentences(title, body));
      add({ title, description: body, type: role, timeout: role === 'bad' ? 12_000 : 6000 });
    },
    [add, voice],
  );
}

export interface Told extends Extras {
  /** A later one with the same id takes the place of what is there. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly role: ToastRole;
  /** ms until it goes by itself; it stays while the pointer is on it or the window is not looked at. */
  readonly stayMs: number;
}

/** Shows a message with a mark and with what can be done; `hush` takes away those of alerts, which have a mark. */
export function useTell(): { readonly tell: (told: Told) => void; readonly hush: () => void } {
  const { add, close, toasts } = Toast.useToastManager<Extras>();
  const voice = useVoice();
  const shown = useRef(toasts);
  useEffect(() => {
    shown.current = toasts;
  });
  const hush = useCallback(() => {
    for (const { id, data } of shown.current) if (data?.mark) close(id);
  }, [close]);
  const tell = useCallback(
    ({ id, title, body, role, stayMs, mark, actions }: Told) => {
      voice.announce(id, () => sentences(title, body));
      add({ id, title, description: body, type: role, timeout: stayMs, data: { mark, actions } });
    },
    [add, voice],
  );
  return { tell, hush };
}

function sentences(title: string, body: string): string {
  return `${title}. ${body}`;
}
