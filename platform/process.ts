// State that exists once per process. The code of core, web and platform is loaded twice, natively under the
// server and bundled under the pages; module variables would therefore exist twice, and differ.

const key = Symbol.for('livery')

const held = (): Map<string, unknown> => {
  const place = globalThis as unknown as Record<symbol, Map<string, unknown> | undefined>
  let states = place[key]
  if (!states) {
    states = new Map()
    place[key] = states
  }
  return states
}

/** The one value of this process under `name`, made by `init` when first asked for. */
export const processState = <T>(name: string, init: () => T): T => {
  const states = held()
  if (!states.has(name)) states.set(name, init())
  return states.get(name) as T
}

/** Forgets a value, so that the next asker makes it anew: for a closed database, and for tests. */
export const forgetProcessState = (name: string): void => {
  held().delete(name)
}
