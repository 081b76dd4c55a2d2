import { smokeApp } from './smoke-app.ts'

smokeApp()
