import { Component, type ReactNode } from 'react'
import { Failed } from '../shell/states.tsx'

/** Keeps a part of the editor that breaks from taking the others with it. */
export class Guarded extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }
  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
  override render() {
    const { error } = this.state
    return error ? <Failed error={error} retry={() => this.setState({ error: null })} /> : this.props.children
  }
}
