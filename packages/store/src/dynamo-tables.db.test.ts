import { localTables } from '@concord/testkit/local-tables'
import { tableAccessContract } from '@concord/testkit/table-access-contract'

tableAccessContract('of DynamoDB', localTables)
