// The floor: what Express 5 alone does on this machine, answering and taking JSON.
import express from 'express';

const app = express();
app.disable('x-powered-by');
app.get('/health', (_req, res) => {
  res.type('text').send('ok');
});
app.post('/echo', express.json({ type: () => true, limit: '4mb' }), (req, res) => {
  const { resourceType } = req.body as { resourceType?: string };
  res.json({ resourceType });
});
const server = app.listen(Number(process.env['PORT']), '127.0.0.1');
process.on('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => process.exit(0));
});
