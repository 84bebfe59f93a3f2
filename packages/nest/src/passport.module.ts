import { ConfigurableModuleBuilder, type ConfigurableModuleCls, Global, Module } from '@nestjs/common';
import { AccessTokenVerifier } from './access-token-verifier.js';
import { IntrospectionService } from './introspection.service.js';
import { checkedOptions, PASSPORT_OPTIONS, type PassportOptions } from './passport-options.js';

const configurable = new ConfigurableModuleBuilder<PassportOptions>().setClassMethodName('forRoot').build();
const Configurable: ConfigurableModuleCls<PassportOptions, 'forRoot'> = configurable.ConfigurableModuleClass;

/**
 * Provides what {@link AccessTokenGuard} needs, to the whole application. Import it once, by `forRoot(options)` or
 * `forRootAsync({ imports, inject, useFactory })`. The start fails if an option is missing.
 */
@Global()
@Module({
  providers: [
    {
      provide: PASSPORT_OPTIONS,
      useFactory: checkedOptions,
      inject: [configurable.MODULE_OPTIONS_TOKEN],
    },
    AccessTokenVerifier,
    IntrospectionService,
  ],
  exports: [AccessTokenVerifier, IntrospectionService],
})
export class PassportModule extends Configurable {}
