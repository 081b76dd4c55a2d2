// Separate from the other tests of `test/product`, because it replaces a module before anything else is loaded.
await import('../product/made-up-list.test.ts')
