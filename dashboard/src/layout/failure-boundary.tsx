import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { EmptyState } from '../components/empty-state.tsx'

interface Props {
  /** The current path. Navigating elsewhere retries. */
  readonly path: string
  readonly children: ReactNode
}

interface State {
  readonly hasFailed: boolean
}

/**
 * Shown instead of a page that failed to load or render, with what to do. A page's script can be missing when the
 * connection is down, or when an upgrade has replaced it. React reports the error to the console.
 */
export class FailureBoundary extends Component<Props, State> {
  override state: State = { hasFailed: false }

  static getDerivedStateFromError(): State {
    return { hasFailed: true }
  }

  override componentDidUpdate({ path }: Props): void {
    if (this.state.hasFailed && path !== this.props.path) this.setState({ hasFailed: false })
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <div role="alert">
        <EmptyState title="This page could not be shown" icon="alert" level={1}>
          <p>The connection may be gone, or Rollcall was upgraded while this page was open. Reload the page.</p>
          <Button onClick={() => location.reload()}>Reload</Button>
        </EmptyState>
      </div>
    )
  }
}
