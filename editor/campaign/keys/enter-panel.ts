/** Frames within which the panel of a step that was just chosen is there, with what it loads. */
const FRAMES_MAX = 90

const LEAVING = ['Escape', 'Tab']

/** Brings the keyboard to a field of the panel: the named one, else where the step's own settings begin. */
export async function enterPanel(name?: 'title' | 'note'): Promise<void> {
  const left = new AbortController()
  // whoever goes elsewhere while the panel loads stays there
  const onAct = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || LEAVING.includes(event.key)) left.abort()
  }
  for (const kind of ['keydown', 'pointerdown'])
    document.addEventListener(kind, onAct, { capture: true, signal: left.signal })
  for (let frames = 0; frames < FRAMES_MAX && !left.signal.aborted; frames++) {
    await new Promise(requestAnimationFrame)
    const panel = document.querySelector('[data-panel]')
    const isLoading = panel?.querySelector('[data-pending]') != null
    const goal = panel && !isLoading && !left.signal.aborted ? goalIn(panel, name) : null
    goal?.focus()
    if (goal) break
  }
  left.abort()
}

/** The first empty field of the step's settings, else its first field, else its first button, else its name. */
function goalIn(panel: Element, name: string | undefined): HTMLElement | null {
  const named = (field: string) => panel.querySelector<HTMLElement>(`[name=${field}]`)
  if (name !== undefined) return named(name)
  const fields = [...panel.querySelectorAll<HTMLInputElement>('[data-own] :is(input:not([type=hidden]),textarea)')]
  const empty = fields.find(
    ({ value, type, dataset }) => value === '' && type !== 'checkbox' && dataset.filled !== 'true',
  )
  return empty ?? fields[0] ?? panel.querySelector<HTMLElement>('[data-own] button') ?? named('title')
}
