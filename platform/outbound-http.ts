// Requests that leave this system for an address in the settings. The operator chooses it, also one inside the own network,
// so none is refused here; an address that an organization may choose needs a check of where it leads first.

export type OutboundRequest = {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  /** For everything: the connection, the answer, and its body. */
  timeoutMs: number
}

/** A status, or why there was none. Neither repeats anything of what was sent or answered. */
export type OutboundAnswer = { status: number } | { failed: string }

const mostBytes = 16 * 1024

/** Reads so much of a body as lets the connection be used again; what is longer is cut off. */
const drain = async (response: Response): Promise<void> => {
  const reader = response.body?.getReader()
  if (!reader) return
  for (let left = mostBytes; left > 0; ) {
    const { done, value } = await reader.read()
    if (done) return
    left -= value.byteLength
  }
  await reader.cancel()
}

const reasonOf = (error: Error): string => {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time'
  const { code } = (error.cause ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : 'no connection'
}

/** Posts once. Redirects are not followed: what is said is meant for one address. */
export const postOut = async ({ url, headers, body, timeoutMs }: OutboundRequest): Promise<OutboundAnswer> => {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    // The answer stands with its status: what becomes of the body changes nothing.
    await drain(response).catch(() => {})
    return { status: response.status }
  } catch (error) {
    return { failed: reasonOf(error as Error) }
  }
}
