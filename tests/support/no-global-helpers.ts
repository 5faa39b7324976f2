// For tests: a library below that of passkeys (tslib 1) leaves its helpers on globalThis. @auth/core is inlined here, and in an
// inlined module `this` is globalThis: it would take them for its own and call them in another way than they are meant.

for (const name of ['__classPrivateFieldGet', '__classPrivateFieldSet']) {
  Object.defineProperty(globalThis, name, { get: () => undefined, set: () => {} })
}
