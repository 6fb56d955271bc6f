import { memoryTables } from './memory-tables.ts'
import { tableAccessContract } from './table-access-contract.ts'

tableAccessContract('in memory', memoryTables)
