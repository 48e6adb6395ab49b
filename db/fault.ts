const MESSAGE_MAX = 500
const FRAMES_MAX = 12

/** An error as a log may keep it: its root cause and where it came from, without the parameters of statements. */
export function faultOf(error: unknown): { fault: string; code?: unknown; at: string[] } {
  let root = error
  while (root instanceof Error && root.cause !== undefined) root = root.cause
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
  return {
    fault: (root instanceof Error ? `${root.name}: ${root.message}` : String(root)).slice(0, MESSAGE_MAX),
    ...(root instanceof Error && 'code' in root && { code: root.code }),
    at: frames.slice(0, FRAMES_MAX).map((frame) => frame.trim()),
  }
}
