import { Component, type ReactNode } from 'react';
import { Trouble } from './States.js';

interface Props {
  readonly children: ReactNode;
  /** The part of the page that is given up when it breaks. */
  readonly what?: string;
}

/** A part that breaks says so, and leaves the rest of the page standing. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Trouble
        what={`${this.props.what ?? 'The page'} could not be shown.`}
        why={error.message}
        retry={() => this.setState({ error: null })}
      />
    );
  }
}
