package org.resticmanager.user;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** In the database by the role's name. */
@Converter(autoApply = true)
public class RoleConverter implements AttributeConverter<Role, String> {

  @Override
  public String convertToDatabaseColumn(Role role) {
    return role == null ? null : role.roleName();
  }

  @Override
  public Role convertToEntityAttribute(String name) {
    return name == null ? null : Role.named(name);
  }
}
