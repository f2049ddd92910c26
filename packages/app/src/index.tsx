import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import './theme/tokens.css';
import './theme/overlays.css';
import ReactDOM from 'react-dom/client';
import app from './App';

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element #root to render into');
}
ReactDOM.createRoot(root).render(app.createRoot());
