package org.resticmanager.web.api;

import jakarta.ejb.EJBAccessException;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.enrolment.TooManyAnnouncements;
import org.resticmanager.joblog.LogDropped;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.platform.Refusal;
import org.resticmanager.platform.TryLater;
import org.resticmanager.user.TooManyTries;

/** Every error of the API as problem details; what we did not foresee is logged and not told. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());
  private static final StatusType UNPROCESSABLE =
      new StatusType() {
        @Override
        public int getStatusCode() {
          return 422;
        }

        @Override
        public Status.Family getFamily() {
          return Status.Family.CLIENT_ERROR;
        }

        @Override
        public String getReasonPhrase() {
          return "Unprocessable Content";
        }
      };

  private static final Map<Class<? extends Refusal>, StatusType> STATUS =
      Map.of(
          Invalid.class, UNPROCESSABLE,
          Malformed.class, Status.BAD_REQUEST,
          NotFound.class, Status.NOT_FOUND,
          Conflict.class, Status.CONFLICT,
          TooManyTries.class, Status.TOO_MANY_REQUESTS,
          LogDropped.class, Status.GONE,
          Stale.class, Status.PRECONDITION_FAILED,
          TooManyAnnouncements.class, Status.TOO_MANY_REQUESTS,
          TooManyReaders.class, Status.SERVICE_UNAVAILABLE);

  @Override
  public Response toResponse(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TryLater tooMany) {
        return Response.fromResponse(refused(tooMany))
            .header("Retry-After", tooMany.retryAfterSeconds())
            .build();
      }
      if (cause instanceof Refusal refusal) {
        return refused(refusal);
      }
      if (cause instanceof EJBAccessException) {
        return problem(Status.FORBIDDEN, "forbidden", "Your role does not allow this.", null);
      }
      if (cause instanceof JsonbException || cause instanceof JsonException) {
        return malformed();
      }
    }
    if (thrown instanceof WebApplicationException known) {
      return ofStatus(known);
    }
    if (thrown instanceof ProcessingException) {
      return malformed();
    }
    LOG.log(Level.SEVERE, "a request failed", thrown);
    return problem(
        Status.INTERNAL_SERVER_ERROR,
        "internal-error",
        "Something went wrong on our side; the server's log says what.",
        null);
  }

  private static Response refused(Refusal refusal) {
    return problem(
        refusal instanceof NotLetIn
            ? Status.UNAUTHORIZED
            : STATUS.getOrDefault(refusal.getClass(), Status.CONFLICT),
        refusal.code(),
        refusal.getMessage(),
        refusal.field().orElse(null));
  }

  private static Response malformed() {
    return problem(
        Status.BAD_REQUEST,
        "malformed-body",
        "The body is not the JSON that is expected here.",
        null);
  }

  private static Response ofStatus(WebApplicationException known) {
    Status status = Status.fromStatusCode(known.getResponse().getStatus());
    if (status == null || status.getStatusCode() < Status.BAD_REQUEST.getStatusCode()) {
      return known.getResponse();
    }
    if (status == Status.UNAUTHORIZED) {
      Response response =
          problem(
              status,
              "token-refused",
              "A valid token is needed: Authorization: Bearer TOKEN. POST /api/v1/sign-in gives"
                  + " one.",
              null);
      return Response.fromResponse(response).header("WWW-Authenticate", "Bearer").build();
    }
    String code = status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
    return problem(status, code, status.getReasonPhrase() + ".", null);
  }

  private static Response problem(StatusType status, String code, String detail, String field) {
    return Response.status(status)
        .type("application/problem+json")
        .entity(
            new ProblemRepresentation(
                status.getReasonPhrase(), status.getStatusCode(), code, detail, field))
        .build();
  }
}
