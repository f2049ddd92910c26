export * from './DeliveryApi';
