export { MyRequests, MyRequestsTitle } from './MyRequests';
