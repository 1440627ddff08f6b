import { Component } from 'react';
import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';

interface Props {
  /** Which part it is, at the start of a sentence. */
  readonly title: string;
  /** Starts the page anew. */
  readonly reload: () => void;
  readonly children: ReactNode;
}

interface State {
  readonly failure: { readonly message: string; readonly details: string } | null;
}

/** Keeps what breaks in one page from taking the rest along: it says what happened in the page's place. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    const message = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    return { failure: { message, details: `Cachedeck ${APP_VERSION}\n${message}\n${stack}` } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    const { title, reload, children } = this.props;
    if (!failure) return children;
    return (
      <section className="panel broken" role="alert">
        <h2>
          <span className="chip-glyph" data-role="bad" aria-hidden="true">
            ✕
          </span>{' '}
          {title} could not be drawn
        </h2>
        <p>The rest of Cachedeck goes on, and polling does too.</p>
        <p className="mono broken-what">{failure.message}</p>
        <div className="broken-actions">
          <CopyButton text={() => failure.details} className="button">
            Copy details
          </CopyButton>
          <button type="button" className="button primary" onClick={reload}>
            Reload
          </button>
        </div>
      </section>
    );
  }
}
