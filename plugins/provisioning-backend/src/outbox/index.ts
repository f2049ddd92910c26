// Messages to others that survive a crash. Knows nothing of provisioning: it
// moves to a kit when a second family needs it.
export {
  Outbox,
  putMessages,
  type Message,
  type OutboxOptions,
  type Teller,
  type Told,
} from './outbox';
export { outboxTable, type OutboxRow, type OutboxTable } from './table';
