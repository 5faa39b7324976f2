// One of our libraries (tslib 1, below the library for passkeys) writes the helpers of compiled classes onto the global object.
// next-auth, which is run here by the tests' own loader, takes what it finds at its `this` for its own: there that is the global
// object, in the product it is nothing. So here these names cannot be written.

for (const name of ['__classPrivateFieldGet', '__classPrivateFieldSet']) {
  Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false })
}
