import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSay } from './toasts.tsx';

/** ms the button says that it worked. */
const saidMs = 2000;

interface Props {
  /** Called when pressed. */
  readonly text: () => string;
  readonly className: string;
  /** The name where only the icon is drawn. */
  readonly label?: string;
  readonly children?: string;
}

/** Puts text on the clipboard and says on itself that it did. */
export function CopyButton({ text, className, label, children }: Props) {
  const say = useSay();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), saidMs);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setDone(true);
    } catch {
      say('Not copied', 'The clipboard cannot be written here.', 'bad');
    }
  };
  const Icon = done ? Check : Copy;
  return (
    <button
      type="button"
      className={className}
      aria-label={label === undefined ? undefined : done ? 'Copied' : label}
      onClick={() => void copy()}
    >
      <Icon size={14} aria-hidden="true" />
      {children === undefined ? null : done ? 'Copied' : children}
    </button>
  );
}
