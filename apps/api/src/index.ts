export { AppModule } from './app.module.js';
export { createApp } from './create-app.js';
export { adminOpenApiDocument, openApiDocument } from './openapi.js';
