import '@xyflow/react/dist/base.css'
import { Skeleton, useComputedColorScheme } from '@mantine/core'
import { Background, MiniMap, Panel, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { Zap } from 'lucide-react'
import { type MouseEvent, useMemo, useRef, useState } from 'react'
import { OrdersOffNote } from '../../shell/orders-off.tsx'
import { useWorkspace } from '../../shell/session.ts'
import { m } from '../../texts/paraglide/messages.js'
import { flowOf } from '../document/document.ts'
import type { Layout } from '../document/shape.ts'
import { select } from '../draft/actions.ts'
import { toggled } from '../draft/selection.ts'
import { useEditor, useEditorStore } from '../draft/use-editor.ts'
import { useNames } from '../step/use-statuses.ts'
import classes from './canvas.module.css'
import { Card, End } from './card.tsx'
import { createDrawer, type EndNode, type LineEdge, type Overlay, type StepNode } from './drawing.ts'
import { FarContext } from './far.ts'
import { FarLines } from './far-lines.tsx'
import { useIsFar } from './flow-store.ts'
import { WayLine } from './line.tsx'
import { CanvasTools } from './tools.tsx'
import { useLayout } from './use-layout.ts'
import { useView } from './use-view.ts'

const NODE_TYPES = { step: Card, end: End }
const EDGE_TYPES = { line: WayLine }
const NO_LINES: LineEdge[] = []
/** A longer campaign shows its beginning first: all of it at once could not be read. */
const FIRST_SEEN_STEPS = 6
const FIT = { maxZoom: 1, padding: 0.15 }
/** The map of more steps would be a blot, and slow. */
const MINIMAP_MAX_STEPS = 500

interface Props {
  overlay?: Overlay | null
  /** A click on a step, beside choosing it. */
  onOpen?: (stepId: string) => void
  /** Adds what starts a campaign that has no trigger. */
  onBegin?: () => void
}

/** The campaign as a drawing. It is one stop of the Tab key; arrows go along the flow. */
export function Canvas(props: Props) {
  const campaign = useEditor((state) => state.campaign)
  const layout = useLayout(campaign)
  const needsTrigger = campaign.steps[0]?.kind !== 'order_status_changed'
  return (
    <div className={classes.canvas} data-canvas>
      {layout ? (
        <ReactFlowProvider>
          <Flow {...props} layout={layout} />
        </ReactFlowProvider>
      ) : (
        <CanvasSkeleton />
      )}
      {needsTrigger && props.onBegin && <Ghost onBegin={props.onBegin} />}
    </div>
  )
}

/** The place of the trigger. An order that changes is all that can start a campaign, so without orders nothing can. */
function Ghost({ onBegin }: { onBegin: () => void }) {
  if (!useWorkspace().ordersEnabled)
    return (
      <div className={classes.starts}>
        <OrdersOffNote text={m.campaigns_orders_off()} />
      </div>
    )
  return (
    <button type="button" className={classes.ghost} onClick={onBegin}>
      <Zap size={18} aria-hidden />
      {m.editor_ghost()}
    </button>
  )
}

export function CanvasSkeleton() {
  return (
    <div
      role="status"
      aria-label={m.state_loading()}
      style={{ display: 'grid', justifyItems: 'center', gap: 64, paddingTop: 48 }}
    >
      <Skeleton width={264} height={72} radius="md" />
      <Skeleton width={264} height={72} radius="md" />
      <Skeleton width={264} height={72} radius="md" />
    </div>
  )
}

function Flow({ layout, overlay = null, onOpen }: Props & { layout: Layout }) {
  const editor = useEditorStore()
  const root = useRef<HTMLDivElement>(null)
  const isFar = useIsFar()
  const { nodes, edges } = useDrawing(layout, overlay)
  const { stop, isStopAway, checkStop } = useView(root, layout)
  const scheme = useComputedColorScheme('light')
  const [first] = useState(() => firstSeen(flowOf(editor.getState().campaign).order, stop))
  const [choose] = useState(() => (event: MouseEvent, node: StepNode | EndNode) => {
    if (node.type !== 'step') return
    const isMore = event.shiftKey || event.ctrlKey || event.metaKey
    select(editor, isMore ? toggled(editor.getState().selected, node.id) : [node.id])
    if (!isMore) editor.setState({ isPanelOpen: true })
    onOpen?.(node.id)
  })
  const [leave] = useState(() => () => editor.setState({ selected: [], isPanelOpen: false, menu: null }))
  return (
    <FarContext value={isFar}>
      <ReactFlow<StepNode | EndNode, LineEdge>
        nodes={nodes}
        edges={isFar ? NO_LINES : edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        colorMode={scheme}
        onNodeClick={choose}
        onPaneClick={leave}
        onMoveEnd={checkStop}
        // both: the first is there with the first picture, the second also when the drawing came late
        fitView
        fitViewOptions={first}
        onInit={(flow) => void flow.fitView(first)}
        minZoom={0.1}
        maxZoom={1.5}
        panOnScroll
        zoomOnDoubleClick={false}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode="Control"
        aria-label={m.editor_canvas()}
        ref={root}
        tabIndex={isStopAway ? 0 : -1}
        onFocus={({ target, currentTarget }) => {
          if (target === currentTarget && stop !== null) editor.getState().view?.focus(stop)
        }}
      >
        {isFar ? <FarLines edges={edges} /> : <Background gap={24} />}
        <Minimap />
        <Panel position="bottom-left">
          <CanvasTools />
        </Panel>
      </ReactFlow>
    </FarContext>
  )
}

/** What is in view at first: all of it, or the steps around the one where the keyboard is. */
function firstSeen(order: readonly string[], stop: string | null) {
  if (order.length <= FIRST_SEEN_STEPS) return FIT
  const at = Math.max(0, stop === null ? 0 : order.indexOf(stop) - 2)
  return { ...FIT, nodes: order.slice(at, at + FIRST_SEEN_STEPS).map((id) => ({ id })) }
}

function Minimap() {
  const isShown = useEditor(({ hasMinimap, campaign }) => hasMinimap && campaign.steps.length <= MINIMAP_MAX_STEPS)
  return isShown ? <MiniMap pannable zoomable ariaLabel={m.editor_minimap()} /> : null
}

function useDrawing(layout: Layout, overlay: Overlay | null) {
  const [draw] = useState(createDrawer)
  const campaign = useEditor((state) => state.campaign)
  const problems = useEditor((state) => state.problems)
  const selected = useEditor((state) => state.selected)
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const statuses = useNames()
  return useMemo(
    () => draw({ campaign, layout, statuses, problems, selected, overlay, isReadOnly }),
    [draw, campaign, layout, statuses, problems, selected, overlay, isReadOnly],
  )
}
