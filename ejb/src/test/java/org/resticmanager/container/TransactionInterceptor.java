package org.resticmanager.container;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Runs the methods of stateless beans in transactions. */
@InTransaction
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class TransactionInterceptor {

  @Inject private Transactions transactions;

  @AroundInvoke
  Object run(InvocationContext call) throws Exception {
    return transactions.run(call::proceed);
  }
}
