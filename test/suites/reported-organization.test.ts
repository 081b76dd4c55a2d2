// Separate from `product.test.ts`, because its modules have another registry of providers.
import '../product/reported-organization.test.ts'
