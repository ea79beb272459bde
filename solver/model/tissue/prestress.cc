// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "model/tissue/prestress.h"

#include "base/errors.h"
#include "base/text.h"

#include <cmath>

namespace cutis
{
  using namespace dealii;

  namespace
  {
    const Deformation rest = unit_symmetric_tensor<3>();

    /** Trace of the stress of collagen of trace lg^2 at F = I. */
    double carried_at_rest(const TissueConstants &tissue, const FibreConstants &fibres, const double collagen)
    {
      TissuePoint point;
      point.collagen_mature = collagen;
      point.fibres_mature = resting_fibres(fibres, unit_symmetric_tensor<3>() / 3.);
      return trace(collagen_stress(tissue, point, rest));
    }
  } // namespace

  Symmetric tension(const double along, const double across, const double angle)
  {
    const double c = std::cos(angle), s = std::sin(angle);
    Symmetric t;
    t[0][0] = along * c * c + across * s * s;
    t[1][1] = along * s * s + across * c * c;
    t[0][1] = (along - across) * c * s;
    return t;
  }

  Symmetric resting_fibres(const FibreConstants &fibres, const Symmetric &directions)
  {
    return fibres.deposition_stretch * fibres.deposition_stretch * directions;
  }

  HealthyTissue healthy_tissue(const TissueConstants &tissue,
                               const FibreConstants &fibres,
                               const double collagen,
                               const double elastin,
                               const Symmetric &tension)
  {
    const double carried = carried_at_rest(tissue, fibres, collagen);
    FibreConstants unguided = fibres; // what lies there is what is laid: h0 = (1 - wc) (rule without wc) + wc h0
    unguided.guided_share = 0.;
    unguided.isotropic_share = fibres.isotropic_share / (1. - fibres.guided_share);
    HealthyTissue healthy;
    healthy.directions = laying_direction(unguided, tension, carried, Symmetric());

    const double stiffness = tissue.elastin_modulus * elastin;
    const Symmetric collagen_part = carried * healthy.directions;
    const double pressure = stiffness * tissue.elastin_normal + collagen_part[thickness_axis][thickness_axis] -
                            tension[thickness_axis][thickness_axis];
    healthy.elastin_tensor = (tension + pressure * unit_symmetric_tensor<3>() - collagen_part) / stiffness;
    const double least = eigenvalues(healthy.elastin_tensor)[2];
    if (!(least > 0.))
      throw BadInput("The skin cannot rest under this tension: collagen alone carries " + format_rounded(carried, 3) +
                     " kPa, and the elastin beside it would have to push (least principal value " +
                     format_rounded(least, 2) + "). Raise the tension, or lower the alignment of the fibres.");
    return healthy;
  }

  double balancing_volume(const TissueConstants &tissue, const TissuePoint &healthy)
  {
    TissuePoint point = healthy;
    point.inelastic = unit_symmetric_tensor<3>();
    const double p0 = (collagen_stress(tissue, point, rest) +
                       tissue.elastin_modulus * point.elastin * point.elastin_tensor)[thickness_axis][thickness_axis];
    const double kappa = tissue.bulk_modulus;
    return kappa / (std::sqrt(p0 * p0 + kappa * kappa) - p0);
  }

  TissuePoint healthy_young_point(const TissueConstants &tissue, const FibreConstants &fibres, const Symmetric &tension)
  {
    const HealthyTissue healthy = healthy_tissue(tissue, fibres, 1., 1., tension);
    TissuePoint point;
    point.collagen_new = .1;
    point.collagen_mature = .9;
    point.elastin = 1.;
    point.fibres_new = point.fibres_mature = resting_fibres(fibres, healthy.directions);
    point.elastin_tensor = healthy.elastin_tensor;
    point.rest_volume = balancing_volume(tissue, point);
    return point;
  }
} // namespace cutis
