/** A part of the window that breaks takes nothing else with it. */
import React, { Component, type ReactNode } from "react";

interface ErrorBoundaryProps {
  /** In its place; `again` draws it anew. */
  readonly instead: (again: () => void) => ReactNode;
  /** What is shown; when it changes, what broke is forgotten. */
  readonly of?: string;
  readonly children: ReactNode;
}

interface Broken {
  readonly broken: boolean;
  readonly of: string | undefined;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, Broken> {
  override state: Broken = { broken: false, of: this.props.of };
  /** What it was drawn anew for by itself. */
  #retried: string | undefined;

  static getDerivedStateFromError(): Partial<Broken> {
    return { broken: true };
  }
  static getDerivedStateFromProps({ of }: ErrorBoundaryProps, state: Broken): Partial<Broken> | null {
    return of === state.of ? null : { broken: false, of };
  }
  override componentDidCatch(): void {
    const { of } = this.props;
    if (of === undefined || this.#retried === of) return;
    // The screen that was left may have broken as it went: then the one that is asked for is well.
    this.#retried = of;
    this.setState({ broken: false });
  }
  override render(): ReactNode {
    return this.state.broken ? this.props.instead(() => this.setState({ broken: false })) : this.props.children;
  }
}
