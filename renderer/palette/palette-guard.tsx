import { Component } from 'react';
import type { ReactNode } from 'react';

interface Props {
  /** Told once what went wrong; nothing is drawn from then on. */
  readonly onBroken: (error: unknown) => void;
  readonly children: ReactNode;
}

/** Keeps what breaks in the palette from taking the page along. */
export class PaletteGuard extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onBroken(error);
  }

  override render(): ReactNode {
    return this.state.broken ? null : this.props.children;
  }
}
