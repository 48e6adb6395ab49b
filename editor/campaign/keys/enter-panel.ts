/** Frames within which the panel of a step that was just chosen is there, with what it loads. */
const FRAMES_MAX = 90

/** Brings the keyboard to a field of the panel: the named one, else where the step's own settings begin. */
export function enterPanel(name?: 'title' | 'note'): void {
  within(FRAMES_MAX, () => {
    const panel = document.querySelector('[data-panel]')
    const isLoading = panel?.querySelector('[data-pending]') != null
    const goal = panel && !isLoading ? goalIn(panel, name) : null
    goal?.focus()
    return goal !== null
  })
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

function within(framesLeft: number, work: () => boolean): void {
  requestAnimationFrame(() => {
    if (!work() && framesLeft > 0) within(framesLeft - 1, work)
  })
}
