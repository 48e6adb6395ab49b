import { layoutOf } from '../document/layout.ts'
import type { Shape } from '../document/shape.ts'

// the same function as on the page, for campaigns that would keep the page waiting
addEventListener('message', ({ data }: MessageEvent<string>) => postMessage(layoutOf(JSON.parse(data) as Shape)))
