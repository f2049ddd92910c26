export { EntityDelivery } from './EntityDelivery';
export {
  EntityDeliveryCard,
  type EntityDeliveryCardProps,
} from './EntityDeliveryCard';
