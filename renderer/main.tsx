import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/index.css';
import { App } from './app.tsx';
import { connect } from './client/index.ts';
import { restoreZone } from './live/appearance.ts';

restoreZone();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <App client={connect()} />
  </StrictMode>,
);
