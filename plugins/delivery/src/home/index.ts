export { MyServices, MyServicesTitle } from './MyServices';
