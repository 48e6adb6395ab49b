/** What the page shows of an OpenAPI 3.1 document. */
interface Described {
  info: { title: string; description?: string }
  paths?: object
  components?: { schemas?: object }
}
interface Operation {
  summary?: string
  description?: string
  security?: unknown[]
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown; description?: string }[]
  requestBody?: { content?: Record<string, { schema?: unknown }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font:14px/1.4 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;background:#8881;border-radius:.4rem}
summary{cursor:pointer;padding:.3rem 0}b{display:inline-block;min-width:4.5rem;text-transform:uppercase}dt{margin-top:.5rem}`

const plain = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const code = (value: unknown): string => `<pre>${linked(plain(JSON.stringify(value, null, 2)))}</pre>`
const linked = (json: string): string =>
  json.replace(/#\/components\/schemas\/(\w+)/g, (ref, name) => `<a href="#${name}">${ref}</a>`)

/** A page that lists the operations of a description, without any script. */
export function docsPage({ info, paths = {}, components }: Described): string {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (method in item ? [operationOf(method, path, item[method])] : [])),
  )
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="${plain(name)}"><summary><code>${plain(name)}</code></summary>${code(schema)}</details>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${plain(info.title)}: the interface</title><style>${STYLE}</style></head><body><main>
<h1>${plain(info.title)}</h1><p>${plain(info.description ?? '')}</p>
<p>For programs: <a href="/v1/openapi.json">openapi.json</a></p>
<h2>Operations</h2>${operations.join('\n')}<h2>Schemas</h2>${schemas.join('\n')}</main></body></html>`
}

function operationOf(method: string, path: string, operation: Operation): string {
  const { summary = '', description = '', parameters = [], requestBody, responses = {} } = operation
  const sent = parameters.map(
    ({ name, in: place, required, description: about = '' }) =>
      `<dt><code>${plain(name)}</code> (${plain(place)}${required ? ', required' : ''})</dt><dd>${plain(about)}</dd>`,
  )
  return `<details><summary><b>${method}</b> <code>${plain(path)}</code> ${plain(summary)}</summary>
<p>${plain(description)}${operation.security?.length === 0 ? ' Needs no key.' : ''}</p><dl>${sent.join('')}</dl>
${contentOf('Send', requestBody?.content)}
${Object.entries(responses)
  .map(([status, { description: about = '', content }]) => contentOf(`${status}: ${about}`, content))
  .join('')}</details>`
}

const contentOf = (title: string, content: Record<string, { schema?: unknown }> = {}): string =>
  `<h4>${plain(title)}</h4>${Object.entries(content)
    .map(([type, { schema }]) => `<p><code>${plain(type)}</code></p>${code(schema ?? {})}`)
    .join('')}`
