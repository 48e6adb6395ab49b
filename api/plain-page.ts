const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}h1{font-size:1.5rem}
code{font:.95rem ui-monospace,monospace}button{font:inherit;padding:.5rem 1.25rem;border-radius:.4rem;cursor:pointer}`

/** A page of a few words that needs nothing from elsewhere. `body` is HTML of ours. */
export const plainPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>
${body}
</main></body></html>`
