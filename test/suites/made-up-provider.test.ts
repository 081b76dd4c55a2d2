// Beside `product.test.ts`, since its modules have another registry of providers.
import '../product/made-up-provider.test.ts'
