// Apart from the others of `test/product`: it replaces a module before anything else is loaded.
await import('../product/made-up-series.test.ts')
