package org.resticmanager.web.api;

import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Set;

/**
 * Enforces {@code @RolesAllowed} and {@code @PermitAll} on REST resources, because not every server
 * does. A method without either is closed to all.
 */
@Provider
public class RoleGate implements DynamicFeature {

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    AnnotatedElement rule = rule(resource);
    if (rule.isAnnotationPresent(PermitAll.class)) {
      return;
    }
    RolesAllowed roles = rule.getAnnotation(RolesAllowed.class);
    context.register(new Gate(roles == null ? Set.of() : Set.copyOf(List.of(roles.value()))));
  }

  /** What stands on the method overrules what stands on the class. */
  private static AnnotatedElement rule(ResourceInfo resource) {
    AnnotatedElement method = resource.getResourceMethod();
    return method.isAnnotationPresent(PermitAll.class)
            || method.isAnnotationPresent(RolesAllowed.class)
        ? method
        : resource.getResourceClass();
  }

  /** Before any filter that the server itself adds, so that every server gives the same answer. */
  @Priority(Priorities.AUTHENTICATION)
  private record Gate(Set<String> roles) implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
      SecurityContext security = request.getSecurityContext();
      if (security.getUserPrincipal() == null) {
        throw new NotAuthorizedException("Bearer");
      }
      if (roles.stream().noneMatch(security::isUserInRole)) {
        throw new ForbiddenException("Your role does not allow this.");
      }
    }
  }
}
